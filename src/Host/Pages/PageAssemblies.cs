using System.Reflection;
using ClusterNet.Access;
using ClusterNet.Accreditation;
using ClusterNet.Clusters;

namespace ClusterNet.Host.Pages;

/// <summary>The modules whose pages the Host serves.</summary>
public static class PageAssemblies
{
    internal static Assembly[] OfModules { get; } = [typeof(AccessModule).Assembly, typeof(ClustersModule).Assembly, typeof(AccreditationModule).Assembly];
}
