using Rlm.Context.Files;
using Rlm.Context.Outlines.CSharp;
using Rlm.Context.Outlines.Heuristic;
using Rlm.Context.Outlines.Markup;
using Rlm.Context.Outlines.PlainText;
using Rlm.Context.Outlines.VisualBasic;

namespace Rlm.Context.Outlines;

/// <summary>
/// Gives every covered file its outline through the best built-in provider for its language; programs of their own come before in <see cref="OutlineProviders"/>. Outlining never fails on what a file holds:
/// broken, hostile and huge texts give what was understood and a note in <see cref="Outline.Partial"/>.
/// <code>
/// var outline = Outliner.Outline(new RepoPath("src/A.cs"), "csharp", text, cancellationToken);
/// var member = outline.Enclosing(line: 42);   // the innermost symbol around line 42
/// </code>
/// </summary>
public static class Outliner
{
    private static readonly CSharpOutliner CSharp = new();
    private static readonly VisualBasicOutliner Basic = new();
    private static readonly MarkdownOutliner Markdown = new();
    private static readonly TextOutliner Text = new();
    private static readonly HeuristicOutliner Heuristic = new();

    /// <summary>
    /// Outlines one text. Deterministic; no cache. About 10 MB of C# a second on two cores; safe against nesting that would end the process.
    /// </summary>
    /// <param name="path">For the language and the symbols' origin.</param>
    /// <param name="language">As <see cref="Languages"/> has it.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="cancellationToken">Stops between files and inside long ones.</param>
    public static Outline Outline(RepoPath path, string language, FileText text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var provider = ProviderOf(path, language);
        try
        {
            return provider.Outline(path, language, text, cancellationToken);
        }
        catch (InsufficientExecutionStackException)
        {
            return Fallback(path, language, text, "nesting", cancellationToken);
        }
#pragma warning disable CA1031 // one file's surprise must not end the answer for all others; the note names it
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return Fallback(path, language, text, "failed: " + exception.GetType().Name, cancellationToken);
        }
    }

    /// <summary>The same.</summary>
    internal static Outline Outline(OutlineItem item, CancellationToken cancellationToken) => Outline(item.Path, item.Language, item.Text, cancellationToken);

    /// <summary>Local functions of one member (C#), with their own locals nested; empty for other languages.</summary>
    public static IReadOnlyList<Symbol> LocalFunctions(string language, FileText text, Symbol member, CancellationToken cancellationToken) =>
        language == "csharp" ? LocalFunctionFinder.Find(text, member, cancellationToken) : [];

    private static IOutlineProvider ProviderOf(RepoPath path, string language) => language switch
    {
        "csharp" => CSharp,
        "vb" when VisualBasicOutliner.Reads(path) => Basic,
        "markdown" => Markdown,
        "text" or "log" or "csv" or "rst" or "asciidoc" or "org" or "diff" or "gettext" or "ignore" => Text,
        _ => Heuristic,
    };

    private static Outline Fallback(RepoPath path, string language, FileText text, string reason, CancellationToken cancellationToken)
    {
        try
        {
            return Heuristic.Outline(path, language, text, cancellationToken) with { Partial = reason };
        }
#pragma warning disable CA1031 // as above: the last resort is an empty outline that says why
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return new Outline(Heuristic.Name, [], reason);
        }
    }
}
