using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Access.Contracts;

/// <summary>A place on a page of the Host into which modules put components, so that none of them knows the others.</summary>
/// <param name="Slot">One of the constants of <see cref="Slots"/>.</param>
/// <param name="Component">The component; on the page of one thing it takes the thing's id as the parameter <c>Id</c> (a <see cref="Guid"/>).</param>
/// <param name="Order">Small ones first.</param>
public sealed record SlotContent(string Slot, Type Component, int Order);

/// <summary>The places that exist.</summary>
public static class Slots
{
    /// <summary>The start page of who is signed in.</summary>
    public const string Home = "home";

    /// <summary>The page of a person; <c>Id</c> is the person's.</summary>
    public const string Person = "person";

    /// <summary>The page of a firm; <c>Id</c> is the firm's.</summary>
    public const string Firm = "firm";

    /// <summary>The page of a firm's learning culture, beside what the firm says of itself; <c>Id</c> is the firm's.</summary>
    public const string Culture = "culture";

    /// <summary>The page of a cluster; <c>Id</c> is the cluster's.</summary>
    public const string Cluster = "cluster";

    /// <summary>The page of one's own learning, below its figures.</summary>
    public const string Learning = "learning";

    /// <summary>The page of one's own account: items (<c>li</c>) of its list of links.</summary>
    public const string Account = "account";

    /// <summary>Above every page of who is signed in: what must not be overlooked.</summary>
    public const string Top = "top";

    /// <summary>The page that answers while there is no connection; it is shown to visitors and kept on the device.</summary>
    public const string Offline = "offline";

    /// <summary>Below the form of the sign-in page: other ways to sign in.</summary>
    public const string SignIn = "sign-in";

    public static IServiceCollection AddSlot<TComponent>(this IServiceCollection services, string slot, int order)
        where TComponent : IComponent => services.AddSingleton(new SlotContent(slot, typeof(TComponent), order));
}
