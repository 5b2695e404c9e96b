namespace Rlm.Context.Projects.Manifests;

/// <summary>Crates and workspaces of Cargo.</summary>
internal static class CargoManifest
{
    public static void Read(Manifest manifest, string text)
    {
        manifest.Language = "rust";
        var values = Toml.Read(text);
        manifest.Name = values.At("package.name");
        manifest.Members.AddRange(values.List("workspace.members"));
        if (manifest.Name is null && values.Has("workspace")) (manifest.Kind, manifest.Name) = (ProjectKinds.Workspace, "workspace");
        if (values.At("package.edition") is { } edition) manifest.Targets.Add("edition " + edition);
        foreach (var pair in values.Where(pair => pair.Key.Split(Toml.Separator).Any(part => part is "dependencies" or "dev-dependencies" or "build-dependencies"))) Depend(manifest, pair.Key.Split(Toml.Separator), pair.Value);
        foreach (var (key, value) in values.Below("bin"))
            if (key.EndsWith("/name", StringComparison.Ordinal)) manifest.EntryPoints.Add("bin " + value);
        if (manifest.EntryPoints.Count > 0) manifest.Kind = ProjectKinds.Program;
    }

    // dependencies.NAME = "1", dependencies.NAME.version = "1", dependencies.NAME.path = "../x", target.X.dependencies.NAME…
    private static void Depend(Manifest manifest, string[] key, string value)
    {
        var group = Array.FindIndex(key, part => part is "dependencies" or "dev-dependencies" or "build-dependencies");
        if (group + 1 >= key.Length) return;
        var name = key[group + 1];
        var detail = key.Length > group + 2 ? key[group + 2] : "version";
        if (group > 0 && key[0] == "workspace")
        {
            if (detail == "path") manifest.Properties["__path:" + name] = value;
            else if (detail == "version") manifest.Properties["__version:" + name] = value;
        }
        else if (detail == "path") manifest.Paths.Add(value);
        else if (detail == "version") manifest.Names.Add((name, $"{name} {value}"));
        else if (detail is "workspace" or "git") manifest.Names.Add((name, detail == "git" ? $"{name} {value}" : name));
    }
}
