namespace Rlm.Mcp.Hosting;

/// <summary>This process as a server on stdin and stdout.</summary>
internal static class ServeProcess
{
    /// <summary>Takes stdin and stdout, serves until the end of input or a signal, and gives the exit code. Nothing may have been written to stdout before.</summary>
    public static int Run(ServeSettings settings)
    {
        var (input, output) = StdoutGuard.Take();
        using var lifetime = new ServerLifetime();
        return new McpHost(settings).RunAsync(input, output, Console.Error, lifetime.Stopping).GetAwaiter().GetResult();
    }
}
