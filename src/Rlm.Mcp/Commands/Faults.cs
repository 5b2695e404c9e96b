using Rlm.Context;
using Rlm.Mcp.Tools;
using Rlm.Recursion;

namespace Rlm.Mcp.Commands;

/// <summary>The one place where a command's failure becomes a message and an exit code. No stack traces.</summary>
internal static class Faults
{
    public static int Report(Exception fault, Output error)
    {
        var (text, code) = fault switch
        {
            UsageException => (fault.Message + " Try --help.", ExitCodes.BadUsage),
            NotAvailableException => (fault.Message, ExitCodes.NotAvailable),
            RecursionException or ContextException or ToolException => (ToolErrors.Line(fault), CodeOf(ToolErrors.Result(fault, json: false).ErrorCode)),
            OperationCanceledException => ("cancelled.", ExitCodes.Failed),
            IOException or UnauthorizedAccessException => (fault.Message, ExitCodes.Failed),
            _ => ($"internal: {fault.GetType().Name}: {fault.Message} RLM_MCP_DEBUG=1 shows where.", ExitCodes.Failed),
        };
        error.WriteLine($"rlm-mcp: {text}");
        return code;
    }

    /// <summary>The exit code for an error word of the contract.</summary>
    public static int CodeOf(string? error) => error switch
    {
        ErrorCodes.BadArgument or ErrorCodes.BadPattern => ExitCodes.BadUsage,
        ErrorCodes.NotAvailable => ExitCodes.NotAvailable,
        _ => ExitCodes.Failed,
    };
}
