namespace Rlm.Mcp.Commands;

/// <summary>Reads a strategy text that the operator wrote.</summary>
internal static class StrategyFile
{
    private const int MaxBytes = 32 << 10;

    /// <exception cref="UsageException">It cannot be read, or is longer than 32 KB.</exception>
    public static string Read(string file, string source)
    {
        try
        {
            return new FileInfo(file).Length <= MaxBytes ? File.ReadAllText(file) : throw new UsageException($"{source}: {file} has more than {MaxBytes >> 10} KB.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{source}: {file} cannot be read.");
        }
    }
}
