using ClusterNet.EventStore;

namespace ClusterNet.Access.Contracts;

/// <summary>To whom data of a person was disclosed (Regulation (EU) 2016/679, Articles 15(1)(c) and 19).</summary>
public interface IRecipients
{
    Task<IReadOnlyList<Recipient>> Of(Id<Person> person, CancellationToken ct);
}

/// <summary>One recipient.</summary>
/// <param name="Role">What it was: <c>auditor</c>, <c>firm</c>.</param>
/// <param name="Id">Opaque id of the person or firm.</param>
/// <param name="At">When data was disclosed first.</param>
public sealed record Recipient(string Role, Guid Id, DateTimeOffset At);
