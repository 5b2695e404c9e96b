using System.Collections.Immutable;
using Rlm.Context.Files;

namespace Rlm.Context.Outlines;

/// <summary>A named declaration of one file.</summary>
public sealed record Symbol
{
    /// <summary>Name as written in source: constructors bear the type's name, <c>~T</c>, <c>this[]</c>, <c>operator +</c>, <c>implicit operator int</c>, <c>IFoo.Bar</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is; see <see cref="SymbolKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// Path inside the file, from the outermost namespace: <c>Ns.Type`1.Method(string,int)</c>; parameter types only where overloads need them.
    /// Unique within the file (the last resort is a <c>~2</c> suffix, second in file order).
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The declaration without body and attributes, white space squeezed to single blanks, with its modifiers.</summary>
    public required string Signature { get; init; }

    /// <summary>First line of the declaration with its attributes and without its doc comment, to its last line.</summary>
    public required LineRange Range { get; init; }

    /// <summary>Line of the name, from 1.</summary>
    public required int NameLine { get; init; }

    /// <summary>First line of the doc comment; equals the range's start when there is none.</summary>
    public required int DocStart { get; init; }

    /// <summary>Text of the doc summary on one line; empty when there is none.</summary>
    public string Doc { get; init; } = "";

    /// <summary>True when it exists only under some preprocessor symbols.</summary>
    public bool Conditional { get; init; }

    /// <summary>Members, in file order.</summary>
    public ImmutableArray<Symbol> Children { get; init; } = [];

    /// <summary>True for kinds that hold a body worth reading on its own (methods, accessors' owners, functions).</summary>
    public bool IsMember => SymbolKinds.IsMember(Kind);

    /// <summary>True for types in the wide sense (class, struct, interface, enum, delegate, trait…).</summary>
    public bool IsType => SymbolKinds.IsType(Kind);
}
