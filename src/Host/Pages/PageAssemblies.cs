using System.Reflection;

namespace ClusterNet.Host.Pages;

/// <summary>The modules whose pages the Host serves.</summary>
public static class PageAssemblies
{
    internal static Assembly[] OfModules { get; } = [];
}
