using System.Collections.Frozen;

namespace Rlm.Context.Outlines;

/// <summary>Kinds of symbols as numbers from 1. Stored: new ones go to the end.</summary>
internal static class OutlineKinds
{
    private static readonly string[] Kinds =
    [
        SymbolKinds.Namespace, SymbolKinds.Class, SymbolKinds.Struct, SymbolKinds.Record, SymbolKinds.RecordStruct, SymbolKinds.Interface, SymbolKinds.Enum, SymbolKinds.Delegate, SymbolKinds.Extension,
        SymbolKinds.Method, SymbolKinds.Constructor, SymbolKinds.Destructor, SymbolKinds.Operator, SymbolKinds.Conversion, SymbolKinds.Property, SymbolKinds.Indexer, SymbolKinds.Event,
        SymbolKinds.Field, SymbolKinds.EnumMember, SymbolKinds.LocalFunction, SymbolKinds.TopLevel, SymbolKinds.Function, SymbolKinds.Module, SymbolKinds.Type, SymbolKinds.Trait, SymbolKinds.Variable,
        SymbolKinds.Heading, SymbolKinds.Key, SymbolKinds.Cell, SymbolKinds.Paragraph, SymbolKinds.TimeRange,
    ];

    private static readonly FrozenDictionary<string, int> Numbers = Kinds.Index().ToFrozenDictionary(kind => kind.Item, kind => kind.Index + 1, StringComparer.Ordinal);

    /// <summary>The number of a kind; 0 for one that has none.</summary>
    public static int NumberOf(string kind) => Numbers.GetValueOrDefault(kind);

    /// <summary>The kind with a number; null when there is none.</summary>
    public static string? KindOf(int number) => number >= 1 && number <= Kinds.Length ? Kinds[number - 1] : null;
}
