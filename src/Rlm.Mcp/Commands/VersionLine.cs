using System.CommandLine;
using System.CommandLine.Invocation;

namespace Rlm.Mcp.Commands;

/// <summary>What <c>--version</c> prints.</summary>
internal sealed class VersionLine : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"rlm-mcp {ProgramVersion.Text}");
        return ExitCodes.Done;
    }
}
