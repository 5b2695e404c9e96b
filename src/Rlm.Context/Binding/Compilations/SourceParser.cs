using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Outlines.CSharp;

namespace Rlm.Context.Binding.Compilations;

/// <summary>Parses files for binding, with their own <c>#if</c> symbols. Texts that could end the process are left out, as are large ones and those that are gone.</summary>
internal sealed class SourceParser(ContextStore store)
{
    private const int MaxWays = 8;

    /// <summary>The tree of the file as it is now, at its repo path; null when it cannot be had.</summary>
    public (SyntaxTree Tree, FileStamp Stamp)? Parse(RepoPath path, CSharpParseOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (store.Open(path, cancellationToken) is not WholeText text || !IsHarmless(text.Text.Text, cancellationToken)) return null;
            return BigStack.Run(() => (CSharpSyntaxTree.ParseText(SourceText.From(text.Text.Text, Encoding.UTF8), options, path.Value, cancellationToken), text.Stamp));
        }
        catch (Exception fault) when (fault is ContextException or InsufficientExecutionStackException)
        {
            return null;
        }
    }

    // On every way through its branches, since a project's symbols choose one of them.
    private static bool IsHarmless(string text, CancellationToken cancellationToken)
    {
        var map = new BranchMap();
        for (var way = 0; way < MaxWays && !map.AllSeen; way++)
            if (!SafeText.Prepare(text, map, way == 0, cancellationToken).IsHarmless) return false;
        return true;
    }
}
