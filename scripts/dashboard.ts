import { writeFileSync } from 'node:fs';
import { dashboardFile } from './deploy/dashboard.ts';

/** `npm run dashboard` writes the Grafana dashboard. */
writeFileSync('deploy/grafana/onesession.json', dashboardFile());
