using System.Globalization;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;
using Spectre.Console;

namespace Rlm.Mcp.Commands.Terminal;

/// <summary>What a session and those below it did, as a tree.</summary>
internal static class TrajectoryView
{
    /// <summary>The whole of it: a line for each session, turn and tool call.</summary>
    public static Tree Of(TrajectoryNode root)
    {
        var tree = new Tree(Header(root)) { Guide = TreeGuide.Line };
        Fill(tree, root);
        return tree;
    }

    private static void Fill(IHasTreeNodes place, TrajectoryNode node)
    {
        if (node.Record.Damaged > 0) place.AddNode(new Text(string.Create(CultureInfo.InvariantCulture, $"{node.Record.Damaged:N0} entries are lost (cut by a crash, or damaged)"), new(Color.Yellow)));
        foreach (var entry in node.Record.Entries) place.AddNode(new Text(TerminalText.Escape(TrajectoryWords.Entry(entry, 3)), StyleOf(entry)));
        foreach (var child in node.Children) Fill(place.AddNode(Header(child)), child);
        if (node.Missing > 0) place.AddNode(new Text(string.Create(CultureInfo.InvariantCulture, $"{node.Missing:N0} sessions are not kept any more"), new(Color.Yellow)));
    }

    private static Text Header(TrajectoryNode node) => new($"{StatusStyle.Sign(node.State.Status)} {TerminalText.Escape(TrajectoryWords.Session(node.State))}", StatusStyle.Of(node.State.Status));

    private static Style StyleOf(TrajectoryEntry entry) => entry.Kind is "error" or "limit" ? new(Color.Yellow) : entry.Kind == "model" ? Style.Plain : new(decoration: Decoration.Dim);
}
