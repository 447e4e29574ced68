using System.Reflection;
using ClusterNet.Access;
using ClusterNet.Accreditation;
using ClusterNet.Clusters;
using ClusterNet.Learning;
using ClusterNet.Resources;
using ClusterNet.Skills;

namespace ClusterNet.Host.Pages;

/// <summary>The modules whose pages the Host serves.</summary>
public static class PageAssemblies
{
    internal static Assembly[] OfModules { get; } =
    [
        typeof(AccessModule).Assembly, typeof(AccreditationModule).Assembly, typeof(ClustersModule).Assembly, typeof(SkillsModule).Assembly,
        typeof(LearningModule).Assembly, typeof(ResourcesModule).Assembly,
    ];
}
