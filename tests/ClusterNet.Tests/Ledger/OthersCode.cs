using System.ComponentModel;
using System.Diagnostics;

namespace ClusterNet.Tests.Ledger;

/// <summary>Programs of others that verify what we wrote. A test that needs one which cannot be had is skipped, and says why.</summary>
internal static class OthersCode
{
    private const string GoPath = "/usr/share/gocode";
    private static readonly Lazy<string> GoPrograms = new(TestServer.NewFolder);

    private static string Sources => Path.Combine(TestServer.RepositoryRoot(), "tests", "CrossCheck");

    /// <summary>Builds one of the Go programs of tests/CrossCheck against Debian's golang.org/x/mod.</summary>
    public static async Task<string> Go(string program)
    {
        if (!Directory.Exists(Path.Combine(GoPath, "src", "golang.org", "x", "mod", "sumdb")) || !await Has("go", "version"))
            Assert.Skip("Go and golang.org/x/mod are not installed: apt-get install golang-go golang-golang-x-mod-dev");
        var binary = Path.Combine(GoPrograms.Value, program);
        var built = await Run("go", ["build", "-o", binary, $"./{program}"], Sources, null,
            ("GO111MODULE", "off"), ("GOPATH", GoPath), ("GOCACHE", Path.Combine(Path.GetTempPath(), $"clusternet-go-{Environment.UserName}")), ("GOFLAGS", ""));
        Assert.True(built.Code == 0, built.ToString());
        return binary;
    }

    /// <summary>A folder with one of the Node programs of tests/CrossCheck and its packages.</summary>
    public static Task<string> Node(string program) => Packages(Path.Combine(Sources, program));

    /// <summary>A copy of a folder with a Node program and its packages.</summary>
    public static async Task<string> Packages(string sources)
    {
        if (!await Has("npm", "--version")) Assert.Skip("Node with npm is not installed: apt-get install npm");
        var folder = TestServer.NewFolder();
        foreach (var file in Directory.GetFiles(sources)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var installed = await Run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder);
        if (installed.Code != 0) Assert.Skip($"npm cannot fetch the packages of {Path.GetFileName(sources)}: {installed.Error}");
        return folder;
    }

    public static async Task OpenSsl()
    {
        if (!await Has("openssl", "version")) Assert.Skip("openssl is not installed: apt-get install openssl");
    }

    public static async Task<Said> Run(string program, string[] arguments, string? folder = null, string? input = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? TestServer.NewFolder(),
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    private static async Task<bool> Has(string program, string argument)
    {
        try
        {
            return (await Run(program, [argument])).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
