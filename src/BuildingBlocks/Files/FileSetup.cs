using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Files;

/// <summary>Adds the vault of files.</summary>
public static class FileSetup
{
    /// <param name="folder">All Hosts of an installation share it.</param>
    public static IServiceCollection AddFiles(this IServiceCollection services, string folder) =>
        services.AddSingleton(new VaultFolder(folder)).AddSingleton<FileScan>().AddSingleton<IFileVault, FileVault>()
            .AddSingleton<FileCollector>().AddHostedService(p => p.GetRequiredService<FileCollector>());
}
