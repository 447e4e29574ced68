namespace ClusterNet.Credentials;

/// <summary>What a check is about.</summary>
public enum CheckTopic
{
    /// <summary>Whether the document is what it says, by the rules of its standard.</summary>
    Format,

    /// <summary>Whether it is unchanged since it was signed.</summary>
    Signature,

    /// <summary>Whether the key that signed is one of the issuer's.</summary>
    Issuer,

    /// <summary>Whether it is valid at this time.</summary>
    Validity,

    /// <summary>Whether the issuer has taken it back since.</summary>
    Status,

    /// <summary>Whether a presentation is by its holder, for whom and for what was asked.</summary>
    Holder,

    /// <summary>What a reader might take for checked.</summary>
    Other,
}

public enum CheckOutcome
{
    Passed,
    Failed,

    /// <summary>It could not be checked, or we do not: neither good nor bad.</summary>
    NotChecked,
}

/// <summary>One thing that was looked at, and what was found.</summary>
/// <param name="Code">Stable, for programs and for texts in the reader's language.</param>
/// <param name="Message">In plain English.</param>
/// <param name="Place">Where in the document (RFC 6901), if at one place.</param>
public sealed record Check(CheckTopic Topic, CheckOutcome Outcome, string Code, string Message, string Place = "")
{
    internal static Check Passed(CheckTopic topic, string code, string message) => new(topic, CheckOutcome.Passed, code, message);

    internal static Check Failed(CheckTopic topic, string code, string message, string pointer = "") => new(topic, CheckOutcome.Failed, code, message, pointer);

    internal static Check Open(CheckTopic topic, string code, string message) => new(topic, CheckOutcome.NotChecked, code, message);

    internal static Check Of(CredentialFault fault) => Failed(CheckTopic.Format, fault.Code, fault.Message, fault.Place);
}

/// <summary>What all checks of a document come to.</summary>
public enum Verdict
{
    Valid,

    /// <summary>Nothing speaks against it, but something that decides could not be checked.</summary>
    Undecided,

    Invalid,
}

/// <summary>Every check of one document, in the order of <see cref="CheckTopic"/>.</summary>
/// <param name="Document">The document as it was signed, if it could be read: as JSON, without its proof.</param>
public sealed record Verification(IReadOnlyList<Check> Checks, string? Document)
{
    public Verdict Verdict =>
        Checks.Any(c => c.Outcome == CheckOutcome.Failed) ? Verdict.Invalid
        : Checks.Any(c => c.Outcome == CheckOutcome.NotChecked && c.Topic != CheckTopic.Other) ? Verdict.Undecided
        : Verdict.Valid;
}

/// <summary>A presentation's own checks, and those of each credential in it.</summary>
public sealed record PresentationVerification(Verification Presentation, IReadOnlyList<Verification> Credentials)
{
    /// <summary>The worst of all.</summary>
    public Verdict Verdict => Credentials.Select(c => c.Verdict).Append(Presentation.Verdict).Max();
}
