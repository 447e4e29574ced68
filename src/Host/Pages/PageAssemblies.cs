using System.Reflection;
using ClusterNet.Accreditation;

namespace ClusterNet.Host.Pages;

/// <summary>The modules whose pages the Host serves.</summary>
public static class PageAssemblies
{
    internal static Assembly[] OfModules { get; } = [typeof(AccreditationModule).Assembly];
}
