// A mail server on loopback. Every mail that it took is one line of JSON. It takes sign-in as user "post" with the password "let me in",
// refuses recipients that begin with "nobody" for good, and those that begin with "later" the first time.
const { SMTPServer } = require("smtp-server");

const [port, withAuth] = [Number(process.argv[2]), process.argv[3] === "auth"];
const seen = new Set();

function refuse(code, text) {
  return Object.assign(new Error(text), { responseCode: code });
}

const server = new SMTPServer({
  authOptional: !withAuth,
  allowInsecureAuth: true,
  disabledCommands: withAuth ? [] : ["AUTH"],
  onAuth: (auth, _, done) => (auth.username === "post" && auth.password === "let me in" ? done(null, { user: 1 }) : done(refuse(535, "No."))),
  onRcptTo: (address, _, done) => {
    if (address.address.startsWith("nobody")) return done(refuse(550, `No such person: ${address.address}`));
    if (address.address.startsWith("later") && !seen.has(address.address)) {
      seen.add(address.address);
      return done(refuse(451, "Come back later"));
    }
    done();
  },
  onData: (stream, session, done) => {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      console.log(JSON.stringify({
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((r) => r.address),
        secure: session.secure,
        user: session.user ?? null,
        raw: Buffer.concat(parts).toString("latin1"),
      }));
      done();
    });
  },
});
server.listen(port, "127.0.0.1", () => console.log("ready"));
