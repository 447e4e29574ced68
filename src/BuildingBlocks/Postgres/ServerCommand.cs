namespace ClusterNet.Postgres;

/// <summary>Runs PostgreSQL's own tools in the server's folder, as the server's user.</summary>
internal sealed record ServerCommand(ServerFiles Files, ServerBinaries Binaries, ServerUser? User)
{
    public Task<Tool.Result> Run(string program, IEnumerable<string> arguments, CancellationToken ct, bool keepOutput = true)
    {
        if (User is not null)
            (program, arguments) = User.Wrap(program, arguments);
        // The folder matters: the tools refuse to start from one that their user may not enter.
        return Tool.Run(program, arguments, ct, Files.Root, Binaries.Libraries, keepOutput);
    }
}
