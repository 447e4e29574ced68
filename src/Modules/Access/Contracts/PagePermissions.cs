namespace ClusterNet.Access.Contracts;

/// <summary>What a page declares about who may see it; one of these stands on every page, for a page without one is shown to nobody.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class WhoMaySeeAttribute : Attribute
{
    /// <summary>The rule, as endpoints of the API declare it.</summary>
    public abstract WhoMayCall Who { get; }
}

/// <summary>A page that needs no account.</summary>
/// <param name="why">Why nothing private can be seen here.</param>
public sealed class AnyoneMaySeeAttribute(string why) : WhoMaySeeAttribute
{
    public override WhoMayCall Who { get; } = WhoMayCall.Anyone(why);
}

/// <summary>A page for whoever is signed in.</summary>
/// <param name="within">The further condition that the page checks itself.</param>
public sealed class SignedInMaySeeAttribute(string within) : WhoMaySeeAttribute
{
    public override WhoMayCall Who { get; } = WhoMayCall.SignedIn(within);
}

/// <summary>A page for the operator of the installation.</summary>
public sealed class OperatorMaySeeAttribute : WhoMaySeeAttribute
{
    public override WhoMayCall Who { get; } = WhoMayCall.Operator();
}

/// <summary>A page for holders of one of the roles, wherever they hold it.</summary>
public sealed class HoldersMaySeeAttribute(params Role[] roles) : WhoMaySeeAttribute
{
    public override WhoMayCall Who { get; } = WhoMayCall.Holders(roles);
}

/// <summary>A page for holders of one of the roles in the cluster that the route names.</summary>
/// <param name="routeValue">The route parameter with the cluster's id.</param>
public sealed class InClusterMaySeeAttribute(string routeValue, params Role[] roles) : WhoMaySeeAttribute
{
    public override WhoMayCall Who { get; } = WhoMayCall.InScope(ScopeKind.Cluster, routeValue, roles, Verdict.Forbidden);
}

/// <summary>A page for holders of one of the roles in the firm that the route names; for others it does not exist.</summary>
/// <param name="routeValue">The route parameter with the firm's id.</param>
public sealed class InFirmMaySeeAttribute(string routeValue, params Role[] roles) : WhoMaySeeAttribute
{
    public override WhoMayCall Who { get; } = WhoMayCall.InScope(ScopeKind.Firm, routeValue, roles, Verdict.Hidden);
}

/// <summary>The page or endpoint changes only the caller's own sign-in, tokens and settings: open also to those who otherwise only read, such as auditors.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OwnAffairsAttribute : Attribute;
