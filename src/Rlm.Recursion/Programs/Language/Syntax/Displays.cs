using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Elements of displays, with stars.</summary>
internal static class Displays
{
    public static List<object> Elements(Frame frame, IReadOnlyList<Expr> items)
    {
        var made = new List<object>(items.Count);
        foreach (var item in items)
            if (item is StarExpr star) made.AddRange(Starred(frame, star));
            else made.Add(item.Eval(frame));
        return made;
    }

    private static List<object> Starred(Frame frame, StarExpr star)
    {
        var value = star.Inner.Eval(frame);
        try
        {
            return Iterating.Collect(frame.Machine, value);
        }
        catch (PyRaise error) when (error.Value is { Type.Name: "TypeError", Arguments.Items: [string text] } && text == $"'{Types.NameOf(value)}' object is not iterable")
        {
            throw Raise.Type($"Value after * must be an iterable, not {Types.NameOf(value)}");
        }
    }
}
