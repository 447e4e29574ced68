using System.Globalization;
using System.Resources;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
using ClusterNet.EventStore;
using ClusterNet.Mail;

namespace ClusterNet.Access.SignIn;

/// <summary>What people are told by mail about their own sign-in, in their language. Always sent: nobody switches off hearing of a stranger.</summary>
internal sealed class AccountMail(IMailer mailer)
{
    private static readonly ResourceManager Texts = new(typeof(Resources.Texts));

    public Statement NewDevice(AccountHolder to, string device, DateTimeOffset at) =>
        Of(to, to.Email, "NewDevice", device == Devices.Unknown ? Text("DeviceUnknown", LanguageOf(to)) : device, Instant(to, at), mailer.LinkTo("/account/sessions"));

    public Statement PasswordChanged(AccountHolder to, DateTimeOffset at) =>
        Of(to, to.Email, "PasswordChanged", Instant(to, at), mailer.LinkTo("/forgotten-password"));

    public Statement PasskeyAdded(AccountHolder to, string name, DateTimeOffset at) =>
        Of(to, to.Email, "PasskeyAdded", name, Instant(to, at), mailer.LinkTo("/account/passkeys"));

    public Statement TwoFactorOff(AccountHolder to, DateTimeOffset at) =>
        Of(to, to.Email, "TwoFactorOff", Instant(to, at), mailer.LinkTo("/account/two-factor"));

    public Statement PasswordReset(AccountHolder to, Secret secret) =>
        Of(to, to.Email, "PasswordReset", mailer.LinkTo($"/reset-password?token={secret.Text}"));

    public Statement ConfirmEmail(AccountHolder to, string newAddress, Secret secret) =>
        Of(to, newAddress, "ConfirmEmail", mailer.LinkTo($"/confirm-email?token={secret.Text}"));

    public Statement EmailChangeAsked(AccountHolder to, DateTimeOffset at) =>
        Of(to, to.Email, "EmailChangeAsked", Instant(to, at), mailer.LinkTo("/account/password"));

    public Statement EmailChanged(AccountHolder to, DateTimeOffset at) => Of(to, to.Email, "EmailChanged", Instant(to, at));

    public Statement Invitation(AccountHolder to, string inviter, Secret secret, DateTimeOffset until) =>
        Of(to, to.Email, "Invitation", inviter, mailer.LinkTo(PathOf(secret)), until.UtcDateTime.ToString("D", LanguageOf(to)));

    /// <summary>The page where an invitation to sign in is accepted.</summary>
    public static string PathOf(Secret invitation) => $"/accept-invitation?token={invitation.Text}";

    private Statement Of(AccountHolder to, string? email, string key, params object[] values)
    {
        var language = LanguageOf(to);
        return mailer.Queue(new(
            email ?? throw new InvalidOperationException("Mail goes to an address."), Text($"Mail-{key}-Subject", language),
            string.Format(language, Text($"Mail-{key}-Text", language).Replace("\\n", "\n", StringComparison.Ordinal), [to.Name ?? email, .. values])));
    }

    private static CultureInfo LanguageOf(AccountHolder holder) =>
        holder.Language is { } known ? CultureInfo.GetCultureInfo(known) : CultureInfo.CurrentUICulture;

    private static string Instant(AccountHolder to, DateTimeOffset at)
    {
        var language = LanguageOf(to);
        return at.ToUniversalTime().ToString(Text("InstantFormat", language), language);
    }

    private static string Text(string key, CultureInfo language) =>
        Texts.GetString(key, language) ?? throw new InvalidOperationException($"There is no text {key}.");
}
