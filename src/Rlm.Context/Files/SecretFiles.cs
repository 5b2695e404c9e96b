using System.Collections.Frozen;

namespace Rlm.Context.Files;

/// <summary>
/// The files that hold passwords and keys by custom. They are refused everywhere, by name alone and whatever the case of the letters,
/// unless the operator opens single paths; only their names are shown.
/// </summary>
public static class SecretFiles
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        ".env", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", ".netrc", ".pgpass", ".git-credentials", ".htpasswd", ".npmrc", ".pypirc", ".yarnrc.yml", ".terraformrc", "secrets.json");

    private static readonly FrozenSet<string> Extensions = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        ".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".ppk", ".kdbx", ".ovpn");

    private static readonly string[] Paths = [".aws/credentials", ".aws/config", ".kube/config", ".docker/config.json"];
    private static readonly string[] Folders = [".azure/", ".config/gcloud/"];
    private static readonly string[] ExampleEnds = [".example", ".sample", ".template"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>
        NamesBySpan = Names.GetAlternateLookup<ReadOnlySpan<char>>(), ExtensionsBySpan = Extensions.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for a file on the list. Folders are never secret by their own name.</summary>
    public static bool IsSecret(RepoPath path) => IsSecretPath(path.Value);

    /// <summary>True for a file on the list that the operator has not opened.</summary>
    public static bool IsRefused(RepoPath path, ContextOptions options) => IsSecret(path) && !IsOpened(path, options);

    internal static bool IsSecretPath(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return NamesBySpan.Contains(name)
            || (name.LastIndexOf('.') is var dot and >= 0 && ExtensionsBySpan.Contains(name[dot..]))
            || IsEnvironment(name) || IsNamedForSecrets(name) || ((path is ['.', ..] || path.IndexOf("/.") >= 0) && IsInSecretPlace(path));
    }

    private static bool IsOpened(RepoPath path, ContextOptions options) =>
        options.AllowedSecrets.Any(allowed => RepoPath.TryNormalize(allowed, out var open) && open == path);

    private static bool IsEnvironment(ReadOnlySpan<char> name)
    {
        if (!name.StartsWith(".env.", StringComparison.OrdinalIgnoreCase)) return false;
        foreach (var end in ExampleEnds)
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }

    private static bool IsNamedForSecrets(ReadOnlySpan<char> name) =>
        name.Contains(".tfstate", StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("service-account", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".json", StringComparison.OrdinalIgnoreCase));

    private static bool IsInSecretPlace(ReadOnlySpan<char> path)
    {
        foreach (var place in Paths)
            if (path.EndsWith(place, StringComparison.OrdinalIgnoreCase) && (path.Length == place.Length || path[^(place.Length + 1)] == '/')) return true;
        foreach (var folder in Folders)
            for (var at = 0; path[at..].IndexOf(folder, StringComparison.OrdinalIgnoreCase) is var found and >= 0; at += found + 1)
                if (at + found == 0 || path[at + found - 1] == '/') return true;
        return false;
    }
}
