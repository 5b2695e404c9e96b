namespace Rlm.Recursion.Trajectories.Page;

/// <summary>HTML that this program made itself, with everything from outside in it encoded.</summary>
/// <param name="Text">The HTML.</param>
internal readonly record struct Markup(string Text)
{
    /// <summary>Nothing.</summary>
    public static Markup None { get; } = new("");
}
