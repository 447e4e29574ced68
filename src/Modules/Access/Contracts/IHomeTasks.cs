namespace ClusterNet.Access.Contracts;

/// <summary>What a module has for somebody to do next; the start page shows it.</summary>
public interface IHomeTasks
{
    /// <returns>Tasks for the caller now, the most pressing first; empty when there is nothing to do.</returns>
    Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct);
}

/// <summary>One thing to do.</summary>
/// <param name="Kind">Kebab-case and stable, such as <c>confirmations-asked</c>.</param>
/// <param name="Text">A whole sentence in the reader's language: "2 colleagues ask you to confirm what they learnt".</param>
/// <param name="Href">The page where it is done.</param>
/// <param name="Due">The last day, where there is one.</param>
public sealed record HomeTask(string Kind, string Text, string Href, DateOnly? Due = null);
