using System.CommandLine;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>What works here, what is missing and how to mend it, and what leaves the machine. Starts no other program.</summary>
internal sealed class DoctorCommand : ShellCommand
{
    private readonly IReadOnlyList<ToolDefinition> _definitions;
    private readonly Option<bool> _json = JsonOption();

    public DoctorCommand(IReadOnlyList<ToolDefinition> definitions)
        : base("doctor", "what works here, what is missing, what leaves the machine")
    {
        _definitions = definitions;
        Options.Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["doctor", "doctor --root ~/src/app --json"];

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        var findings = new Doctor(_definitions, settings, shell).Examine();
        shell.Out.WriteLine(parsed.GetValue(_json) ? Doctor.AsJson(findings) : Doctor.AsText(findings));
        return findings.Any(finding => finding is { Health: Health.Broken }) ? ExitCodes.NotAvailable : ExitCodes.Done;
    }
}
