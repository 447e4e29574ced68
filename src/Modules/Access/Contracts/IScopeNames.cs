namespace ClusterNet.Access.Contracts;

/// <summary>The names of firms and clusters, for this module's own pages and mails; the module that knows them implements it.</summary>
public interface IScopeNames
{
    /// <summary>Names by scope, as everybody signed in may see them; unknown scopes are missing, and the installation has none.</summary>
    Task<IReadOnlyDictionary<RoleScope, string>> Of(IReadOnlyCollection<RoleScope> scopes, CancellationToken ct);
}
