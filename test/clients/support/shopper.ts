/** A customer of the demo data who logs in at the service, as a storefront's own login page would do it. */
export interface Login {
  readonly accessToken: string;
  logOut(): Promise<void>;
}

export async function logIn(service: string, email: string, password: string): Promise<Login> {
  const query = 'tenant=acme&client_id=acme-storefront';
  const guest = await answerOf(await fetch(`${service}/customerlogin/auth/anonymous/login?${query}`));
  const login = await fetch(`${service}/customer/acme/login`, {
    method: 'POST',
    headers: { authorization: `Bearer ${guest.access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const accessToken: string = (await answerOf(login)).access_token;
  const logOut = async (): Promise<void> => {
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await fetch(`${service}/customer/acme/logout?accessToken=${accessToken}`, { headers });
    if (answer.status !== 204) throw new Error(`Logout answered ${answer.status}`);
  };
  return { accessToken, logOut };
}

async function answerOf(response: Response): Promise<{ access_token: string }> {
  if (response.status !== 200) throw new Error(`${response.url} answered ${response.status}`);
  return (await response.json()) as { access_token: string };
}
