using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>The arguments of a call: positional ones first, then the named ones, whose names are in <paramref name="names"/> in the same order.</summary>
internal readonly struct Args(object[] items, string[]? names = null)
{
    public static readonly Args None = new([]);

    public object[] Items { get; } = items;

    public string[]? Names { get; } = names;

    /// <summary>How many are positional.</summary>
    public int Count => Names is null ? Items.Length : Items.Length - Names.Length;

    public object this[int index] => Items[index];

    public ReadOnlySpan<object> Positional => Items.AsSpan(0, Count);

    public IEnumerable<(string Name, object Value)> Named
    {
        get
        {
            for (var index = 0; index < (Names?.Length ?? 0); index++) yield return (Names![index], Items[Count + index]);
        }
    }

    public void NoNames(string function)
    {
        if (Names is { Length: > 0 }) throw Raise.Type($"{function}() takes no keyword arguments");
    }

    public object One(string function)
    {
        NoNames(function);
        if (Items.Length != 1) throw Raise.Type($"{function}() takes exactly one argument ({Items.Length} given)");
        return Items[0];
    }

    public void Zero(string function)
    {
        NoNames(function);
        if (Items.Length != 0) throw Raise.Type($"{function}() takes no arguments ({Items.Length} given)");
    }

    /// <summary>Positional arguments only, so many or so few; those absent are null.</summary>
    public object?[] Between(string function, int least, int most)
    {
        NoNames(function);
        if (Items.Length < least) throw Raise.Type(least == most ? $"{function} expected {Counted(least)}, got {Items.Length}" : $"{function} expected at least {Counted(least)}, got {Items.Length}");
        if (Items.Length > most) throw Raise.Type(least == most ? $"{function} expected {Counted(most)}, got {Items.Length}" : $"{function} expected at most {Counted(most)}, got {Items.Length}");
        var found = new object?[most];
        Items.CopyTo(found, 0);
        return found;
    }

    /// <summary>Arguments by place or name; a parameter that begins with <c>*</c> is taken by name only, one with <c>/</c> by place only. Those absent are null.</summary>
    public object?[] Bind(string function, int required, params ReadOnlySpan<string> parameters)
    {
        var found = new object?[parameters.Length];
        var places = 0;
        while (places < parameters.Length && parameters[places][0] != '*') places++;
        if (Count > places) throw Raise.Type($"{function}() takes at most {places} positional argument{(places == 1 ? "" : "s")} ({Count} given)");
        for (var index = 0; index < Count; index++) found[index] = Items[index];
        foreach (var (name, value) in Named)
        {
            var at = Place(parameters, name);
            if (at < 0) throw Raise.Type($"{function}() got an unexpected keyword argument '{name}'");
            if (found[at] is not null) throw Raise.Type($"{function}() got multiple values for argument '{name}'");
            found[at] = value;
        }
        for (var index = 0; index < required; index++)
            if (found[index] is null) throw Raise.Type($"{function}() missing required argument '{parameters[index].TrimStart('/')}' (pos {index + 1})");
        return found;
    }

    private static int Place(ReadOnlySpan<string> parameters, string name)
    {
        for (var index = 0; index < parameters.Length; index++)
            if (parameters[index] == name || parameters[index][0] == '*' && parameters[index].AsSpan(1).SequenceEqual(name)) return index;
        return -1;
    }

    private static string Counted(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}
