using ClusterNet.Privacy;
using Microsoft.Extensions.Configuration;

namespace ClusterNet.Access.Contracts;

/// <summary>
/// Why each class of personal data is held, on which basis and how long: the one place for it. The words are for the persons concerned
/// (Regulation (EU) 2016/679, Article 13); the installation's data protection officer confirms them.
/// </summary>
public sealed class PersonalDataPolicy
{
    private const int DefaultYears = 6, MaxYears = 50;

    public PersonalDataPolicy(IConfiguration configuration)
    {
        const string key = "ClusterNet:Retention:AccreditationYears";
        AccreditationYears = configuration.GetValue(key, DefaultYears);
        if (AccreditationYears is < 0 or > MaxYears) throw new InvalidOperationException($"{key} takes whole years from 0 to {MaxYears}.");
    }

    /// <summary>
    /// How long the grounds of an accreditation are kept after its credential has expired (ISO/IEC 17024:2012, 7.1: at least one full cycle).
    /// </summary>
    public int AccreditationYears { get; }

    /// <summary>All classes, in the order in which they are told.</summary>
    public static IReadOnlyList<string> All { get; } =
        [KeyClass.Identity, KeyClass.Contact, KeyClass.Learning, KeyClass.Accreditation, KeyClass.FreeText];

    /// <summary>Name and address belong together: without either nobody can sign in, and the account closes.</summary>
    public static IReadOnlyList<string> OfAccount { get; } = [KeyClass.Identity, KeyClass.Contact];

    public IReadOnlyList<ClassPolicy> Classes =>
    [
        new(KeyClass.Identity, "Your name, your position in firms, and why you were given roles",
            "So that colleagues, assessors and coordinators know with whom they deal", "Contract: Article 6(1)(b)",
            "Until you ask for erasure, or the account closes"),
        new(KeyClass.Contact, "Your e-mail address", "To sign in, and to be found by those who add you to a firm", "Contract: Article 6(1)(b)",
            "Until you ask for erasure, or the account closes"),
        new(KeyClass.Learning, "What you wrote about your own learning, in mentoring and in plans, with links; the levels of your skills, also as others rated them", "To keep and show your learning as you allow",
            "Contract: Article 6(1)(b)",
            "Until you ask for erasure; while an application that rests on it is assessed, until the decision"),
        new(KeyClass.Accreditation, "Statements, comments, grounds and reasons in your applications and credentials",
            "To show on what an accreditation rests", "Legal obligation and public interest: Article 6(1)(c) and (e), with Article 17(3)(b)",
            $"Until {AccreditationYears} years after the credential's last day; without a credential until you ask for erasure"),
        new(KeyClass.FreeText, "Other texts that you wrote: your profile, what you wrote in communities, of practices and signals, what you offer as a mentor and what you need as a mentee, reasons, titles, labels, purposes", "To show your profile as you allow, and to understand what was done and why",
            "Legitimate interest: Article 6(1)(f); what you need as a mentee, if you choose to say it, consent: Article 9(2)(a)", "Until you ask for erasure"),
    ];
}

/// <summary>One class of personal data in words.</summary>
public sealed record ClassPolicy(string Class, string What, string Purpose, string LegalBasis, string Retention);
