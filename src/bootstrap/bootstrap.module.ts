import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer/index.js';
import { BootstrapService } from './bootstrap.service.js';

@Module({ imports: [CustomerModule], providers: [BootstrapService] })
export class BootstrapModule {}
