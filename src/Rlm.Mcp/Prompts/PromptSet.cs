using Rlm.Context;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Prompts;

/// <summary>The prompts that exist. Definitions are constants; texts name tool calls ready to run, and bear what the server has found out already where that saves turns.</summary>
internal static class PromptSet
{
    private const int MaxArgument = 4_000;

    private static readonly PromptParameter Where = new("in", "Where to look: folder, glob, lang:csharp, project:NAME, @set.");

    /// <summary>In the order in which clients show them.</summary>
    public static IReadOnlyList<PromptDefinition> Definitions { get; } =
    [
        new("ask_codebase", "Ask about the code", "Answers a question about this repository, with quotes that are checked.", [new("question", "What you want to know.", IsRequired: true), Where]),
        new("plan_refactoring", "Plan a refactoring", "Lists everything that a change of a symbol touches, in the order to change it, and the tests to run.", [new("symbol", "What is changed: Type.Method, path#symbol or a handle.", IsRequired: true), new("change", "What becomes of it.")]),
        new("review_changes", "Review changes", "Reviews what a branch or range of commits changed, symbol by symbol.", [new("range", "As main..HEAD, which is the default."), new("focus", "What to look for most.")]),
        new("find_cause", "Find the cause", "Goes from a stack trace or error message to where it comes from and what changed there.", [new("trace", "The stack trace, or compiler or test output.", IsRequired: true)]),
        new("explain_architecture", "Explain the architecture", "Describes the parts of this repository, what uses what, and where to begin.", [Where]),
    ];

    /// <summary>The text of a prompt.</summary>
    /// <param name="name">Of one of <see cref="Definitions"/>.</param>
    /// <param name="arguments">By name.</param>
    /// <param name="store">The store; opened by prompts that look something up.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolException"><c>bad_argument</c>: no such prompt, or an argument is missing, unknown or too long.</exception>
    /// <exception cref="ContextException">A symbol is not known.</exception>
    public static string Text(string name, IReadOnlyDictionary<string, string> arguments, Func<ContextStore> store, CancellationToken cancellationToken)
    {
        var definition = Definitions.FirstOrDefault(prompt => prompt.Name == name)
            ?? throw new ToolException(ErrorCodes.BadArgument, $"prompt \"{TextAnswer.Cut(name, 60)}\" is not known", $"There are: {string.Join(", ", Definitions.Select(prompt => prompt.Name))}.");
        foreach (var (key, value) in arguments)
        {
            if (definition.Arguments.All(argument => argument.Name != key)) throw Bad($"{name} has no argument \"{TextAnswer.Cut(key, 60)}\"", definition);
            if (value.Length > MaxArgument) throw Bad($"\"{key}\" has {value.Length} characters; at most {MaxArgument} are taken", definition);
        }
        string? Given(string key) => arguments.GetValueOrDefault(key) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
        if (definition.Arguments.FirstOrDefault(argument => argument.IsRequired && Given(argument.Name) is null) is { } missing) throw Bad($"\"{missing.Name}\" is missing", definition);
        return name switch
        {
            "ask_codebase" => PromptTexts.Ask(Given("question")!, Given("in")),
            "plan_refactoring" => PromptTexts.Plan(Given("symbol")!, Given("change"), new RefactoringImpact(store(), cancellationToken).Text(Given("symbol")!)),
            "review_changes" => PromptTexts.Review(Given("range") ?? "main..HEAD", Given("focus")),
            "find_cause" => PromptTexts.Cause(Given("trace")!),
            _ => PromptTexts.Architecture(Given("in")),
        };
    }

    private static ToolException Bad(string what, PromptDefinition definition) =>
        new(ErrorCodes.BadArgument, what, $"It takes: {string.Join(", ", definition.Arguments.Select(argument => argument.Name + (argument.IsRequired ? " (required)" : "")))}.");
}
