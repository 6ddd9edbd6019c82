/** Of 8 characters and more, in lower case: those that every guesser tries first. */
const LIST = `
  password password1 password12 password123 password1234 password! passw0rd p@ssw0rd p@ssword p@ssw0rd1
  p@ssw0rd123 p@ssword1 pa55word pa$$word passwort passwort1 passwort123 mypassword newpassword changeme1
  changeme123 change_me
  12345678 123456789 1234567890 12345678910 123456789a 123456789q 87654321 987654321 0987654321 0123456789
  00000000 11111111 22222222 55555555 66666666 77777777 88888888 99999999 1111111111 0000000000
  11223344 1122334455 12341234 12121212 123123123 123321123 123454321 13131313 147258369 159357456 789456123
  741852963 963852741 10203040 20202020 12344321
  1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1
  qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertzuiop asdfghjk asdfghjkl
  asdfasdf asdf1234 zxcvbnm1 1234qwer qwer1234 qweasdzxc abcd1234 abcdefgh abcdefg1 abc12345 abc123456 a1234567
  a12345678 a123456789 aa123456 aa12345678
  iloveyou iloveyou1 iloveyou2 princess princess1 sunshine sunshine1 football football1 baseball baseball1
  basketball superman superman1 spiderman batman123 starwars pokemon1 pokemon123 dragon123 monkey123 master123
  welcome1 welcome12 welcome123 letmein1 letmein123 trustno1 whatever computer internet samsung1 michelle
  jennifer jessica1 charlie1 corvette mercedes maverick midnight liverpool chelsea1 arsenal1 mustang1
  admin123 admin1234 administrator root1234 test1234 testtest guest123 default1 user1234 secret123
  blink182 michael1 jordan23 hello123 shadow12 shadow123 alexander chocolate butterfly elephant
`;

const COMMON: ReadonlySet<string> = new Set(LIST.split(/\s+/).filter((word) => word !== ''));

/** However its letters are capitalised. */
export const isCommonPassword = (password: string): boolean => COMMON.has(password.toLowerCase());
