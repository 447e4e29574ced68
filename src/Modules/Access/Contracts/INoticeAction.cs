using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Access.Contracts;

/// <summary>What a kind of notice asks for, done from the notice itself by one tap. A module registers one for a kind of its own.</summary>
public interface INoticeAction
{
    /// <summary>A <see cref="NoticeKind.Name"/>.</summary>
    string Kind { get; }

    /// <summary>What is said when it is done, in the reader's language.</summary>
    string Done { get; }

    /// <summary>The texts that say why it cannot be done.</summary>
    IStringLocalizer Words { get; }

    /// <summary>What still waits for the caller's word, by the page that its notice leads to. What is answered, or no longer the caller's, is missing.</summary>
    Task<IReadOnlyDictionary<string, NoticeAsk>> Open(Caller caller, IReadOnlyCollection<string> hrefs, CancellationToken ct);

    /// <summary>Does it, on the version that the request expects.</summary>
    Task<IResult> Do(Caller caller, string href, CancellationToken ct);
}

/// <summary>What is asked.</summary>
/// <param name="Words">To what the caller says yes, as it stands now.</param>
/// <param name="Button">What the button says, in the reader's language.</param>
/// <param name="Version">Of what stands there.</param>
public sealed record NoticeAsk(string Words, string Button, long Version);
