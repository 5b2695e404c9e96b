namespace Rlm.Mcp.Hosting;

/// <summary>This process as a server on stdin and stdout.</summary>
internal static class ServeProcess
{
    // Never given back: a second signal, which Claude Code sends 100 ms after the first, must not end the process by itself while it ends.
    private static ServerLifetime? _lifetime;

    /// <summary>Takes stdin and stdout, serves until the end of input or a signal, and gives the exit code. Nothing may have been written to stdout before.</summary>
    public static int Run(ServeSettings settings)
    {
        var (input, output) = StdoutGuard.Take();
        _lifetime = new ServerLifetime();
        return new McpHost(settings).RunAsync(input, output, Console.Error, _lifetime.Stopping).GetAwaiter().GetResult();
    }
}
