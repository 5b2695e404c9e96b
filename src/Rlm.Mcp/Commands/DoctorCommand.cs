using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>What works here, what is missing and how to mend it, and what leaves the machine. Starts no other program.</summary>
internal sealed class DoctorCommand(IReadOnlyList<ToolDefinition> definitions) : Command
{
    public override IReadOnlyList<string> Names => ["doctor"];

    public override string Summary => "what works here, what is missing, what leaves the machine";

    public override IReadOnlyList<Flag> Flags => [Json];

    public override IReadOnlyList<string> Examples => ["doctor", "doctor --root ~/src/app --json"];

    public override int Run(CommandArguments arguments, OperatorSettings settings, Shell shell)
    {
        if (arguments.Words.Count > 0) throw new UsageException($"doctor takes no words, but was given \"{arguments.Words[0]}\".");
        var findings = new Doctor(definitions, settings, shell).Examine();
        shell.Out.WriteLine(arguments.Has(Json) ? Doctor.AsJson(findings) : Doctor.AsText(findings));
        return findings.Any(finding => finding is { Health: Health.Broken }) ? ExitCodes.NotAvailable : ExitCodes.Done;
    }
}
