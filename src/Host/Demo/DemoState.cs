using System.Text.Json;

namespace ClusterNet.Host.Demo;

/// <summary>What the story has done so far, in a file only its user can read: a broken-off play goes on where it stopped, a finished one is not played again.</summary>
internal sealed class DemoState(string path)
{
    private readonly Dictionary<string, string> _done = File.Exists(path)
        ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? []
        : [];

    public bool Finished => _done.ContainsKey("finished");

    public string this[string name] => _done[name];

    /// <summary>The addresses of everybody in the story who can sign in.</summary>
    public IEnumerable<string> Addresses => _done.Keys.Where(k => k.StartsWith("token of ", StringComparison.Ordinal) && k.Contains('@', StringComparison.Ordinal))
        .Select(k => k["token of ".Length..]).Order(StringComparer.Ordinal);

    /// <summary>Does a step once and keeps what it gave, such as an id.</summary>
    public async Task<string> Once(string name, Func<Task<string>> step)
    {
        if (_done.TryGetValue(name, out var known)) return known;
        var result = await step();
        _done[name] = result;
        await Save();
        return result;
    }

    private async Task Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!); // a file has a folder
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path + ".new", options);
        await JsonSerializer.SerializeAsync(file, _done);
        await file.DisposeAsync();
        File.Move(path + ".new", path, overwrite: true);
    }
}
