namespace Rlm.Mcp.Commands;

/// <summary>The contract's exit codes.</summary>
internal static class ExitCodes
{
    public const int Done = 0, Failed = 1, BadUsage = 2, NotAvailable = 3;
}

/// <summary>The command line cannot be understood; the message is for the person who typed it, and the exit code is 2.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Something that the command needs is not there; the message says what to do, and the exit code is 3.</summary>
internal sealed class NotAvailableException(string message) : Exception(message);
