namespace ClusterNet.Accreditation.Verifying;

/// <summary>One thing that was looked at.</summary>
/// <param name="Topic"><c>source</c>, <c>format</c>, <c>signature</c>, <c>issuer</c>, <c>validity</c>, <c>status</c>, <c>holder</c>, <c>ledger</c> or <c>other</c>.</param>
/// <param name="Outcome"><c>passed</c>, <c>failed</c> or <c>not-checked</c>.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">In the reader's language.</param>
/// <param name="Detail">In English, where there is more to say.</param>
/// <param name="Place">Where in the document (RFC 6901), if at one place.</param>
internal sealed record Finding(string Topic, string Outcome, string Code, string Message, string? Detail, string? Place);

/// <summary>Somebody or something with a name.</summary>
internal sealed record NamedThing(string? Id, string? Name);

/// <summary>Something of a framework that an achievement stands for, such as a skill of ESCO.</summary>
internal sealed record AlignedTo(string? Name, string? Url, string? Framework);

/// <summary>What one had to do, and what it shows.</summary>
internal sealed record Achieved(string? Id, string? Name, string? Description, string? Criteria, string? CriteriaUrl, IReadOnlyList<AlignedTo> Alignments);

/// <summary>Whom a credential is about, only as it says itself.</summary>
/// <param name="IdentityHashed">It carries a salted hash of an identity, from which nobody can be read.</param>
internal sealed record HolderSaid(string? Id, string? Name, bool IdentityHashed);

/// <summary>What a credential says. Whether that holds is for the checks to say.</summary>
/// <param name="Signed">Whether these words are what the issuer signed.</param>
internal sealed record SaidIn(
    bool Signed, string? Id, string? Name, string? Description, IReadOnlyList<string> Types, NamedThing Issuer, Achieved? Achievement, HolderSaid Holder, string? ValidFrom, string? ValidUntil);

/// <summary>What the checks of one credential come to.</summary>
/// <param name="Verdict"><c>valid</c>, <c>undecided</c> or <c>invalid</c>.</param>
/// <param name="Summary">One sentence, in the reader's language.</param>
/// <param name="NotChecked">What a reader might take for checked.</param>
internal sealed record CredentialReport(string Verdict, string Summary, IReadOnlyList<Finding> Checks, IReadOnlyList<Finding> NotChecked, SaidIn? Says);

/// <summary>What was found about whatever was shown.</summary>
/// <param name="Kind"><c>number</c>, <c>credential</c>, <c>presentation</c> or <c>nothing</c>.</param>
/// <param name="Credentials">Of a presentation, those in it.</param>
internal sealed record Report(
    string Kind, string Verdict, string Summary, IReadOnlyList<Finding> Checks, IReadOnlyList<Finding> NotChecked, SaidIn? Says, IReadOnlyList<CredentialReport> Credentials, DateTimeOffset CheckedAt);
