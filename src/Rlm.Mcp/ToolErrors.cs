using Rlm.Mcp.Tools;

namespace Rlm.Mcp;

/// <summary>The one place where failures become tool errors. No stack trace and no path outside the root ever leaves it.</summary>
internal static class ToolErrors
{
    public static ToolResult Result(Exception fault, bool json) => throw new NotImplementedException();
}
