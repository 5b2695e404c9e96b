namespace Rlm.Mcp.Commands;

/// <summary>Which model back end a client's server is to use: asked once, of a person, best one found first.</summary>
internal static class ModelQuestion
{
    /// <summary>The answer, or null for the standard (the client's own sub-agents, no key needed). Asks only on a terminal.</summary>
    public static string? Ask(Shell shell)
    {
        if (!shell.InputIsTerminal || !shell.Error.IsTerminal) return null;
        var offers = Offers(shell);
        shell.Error.WriteLine("Which model may sub-agents of recurse use?");
        for (var at = 0; at < offers.Count; at++) shell.Error.WriteLine($"  {at + 1}  {offers[at].Name,-14} {offers[at].Why}{(at == 0 ? " (best found)" : "")}");
        shell.Error.Write("Number, name, or Enter for 1: ");
        var answer = shell.ReadLine()?.Trim() ?? "";
        if (answer.Length == 0) return Chosen(offers[0].Name);
        if (int.TryParse(answer, out var number) && number >= 1 && number <= offers.Count) return Chosen(offers[number - 1].Name);
        return ModelNames.IsLegal(answer) ? Chosen(answer) : throw new UsageException($"\"{answer}\" is not a model back end. Legal: {ModelNames.Legal}.");
    }

    /// <summary>What is found here, best first: a key, a command-line agent, the client's own sub-agents.</summary>
    public static IReadOnlyList<(string Name, string Why)> Offers(Shell shell)
    {
        var offers = new List<(string, string)>();
        foreach (var key in new[] { "ANTHROPIC_API_KEY", "OPENAI_API_KEY" })
            if (offers.Count == 0 && !string.IsNullOrEmpty(shell.Variable(key))) offers.Add(("auto", $"{key} is set; the server picks the model"));
        foreach (var program in new[] { "claude", "codex", "gemini" })
            if (ProgramFinder.Find(program, shell.Variable) is { } path) offers.Add(($"cli:{program}", $"found at {path}"));
        offers.Add(("host", "the client's own sub-agents, no key needed"));
        return offers;
    }

    private static string? Chosen(string name) => name == "host" ? null : name;
}
