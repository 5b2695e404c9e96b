using System.CommandLine;
using Rlm.Mcp.Commands.Installing;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>What works here, what is missing and how to mend it, and what leaves the machine. Starts no other program.</summary>
internal sealed class DoctorCommand : ShellCommand
{
    private readonly IReadOnlyList<ToolDefinition> _definitions;
    private readonly Option<bool> _json = JsonOption();
    private readonly Option<bool> _install = new("--install") { Description = "fetch ast-grep, which outlines other languages than C#" };

    public DoctorCommand(IReadOnlyList<ToolDefinition> definitions)
        : base("doctor", "what works here, what is missing, what leaves the machine")
    {
        _definitions = definitions;
        Options.Add(_json);
        Options.Add(_install);
    }

    public override IReadOnlyList<string> Examples => ["doctor", "doctor --root ~/src/app --json", "doctor --install"];

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        if (parsed.GetValue(_install)) return Install(settings, shell);
        var findings = new Doctor(_definitions, settings, shell).Examine();
        shell.Out.WriteLine(parsed.GetValue(_json) ? Doctor.AsJson(findings) : Doctor.AsText(findings));
        return findings.Any(finding => finding is { Health: Health.Broken }) ? ExitCodes.NotAvailable : ExitCodes.Done;
    }

    private static int Install(OperatorSettings settings, Shell shell)
    {
        try
        {
            shell.Out.WriteLine(ProviderInstall.Run(settings, shell));
            return ExitCodes.Done;
        }
        catch (InstallException fault)
        {
            shell.Error.WriteLine($"rlm-mcp: ast-grep is not installed, so outlines of other languages than C# are guesses: {fault.Message}. Try again: {shell.ProgramName} doctor --install");
            return ExitCodes.NotAvailable;
        }
    }
}
