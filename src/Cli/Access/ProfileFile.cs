using System.Text.Json;
using Gateway.Cli.Running;

namespace Gateway.Cli.Access;

/// <summary>One sign-in that is kept.</summary>
/// <param name="Key">Secret.</param>
public sealed record Profile(string Name, Uri Url, string Key);

/// <summary>The sign-ins of this user, in <c>gateway/profiles.json</c> of the settings folder; nobody else can read it.</summary>
public sealed class ProfileFile(string configFolder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    public string Path { get; } = System.IO.Path.Combine(configFolder, "gateway", "profiles.json");

    /// <summary>All of them, and which one is used when none is named.</summary>
    public (IReadOnlyList<Profile> Profiles, string? Current) ReadAll()
    {
        var kept = Load();
        return (kept.Profiles, kept.Current);
    }

    /// <summary>For completion; none where the file can't be read.</summary>
    public IEnumerable<string> Names()
    {
        try
        {
            return Load().Profiles.Select(profile => profile.Name);
        }
        catch (CommandException)
        {
            return [];
        }
    }

    /// <summary>Null when there is none of this name.</summary>
    public Profile? Read(string name) => Load().Profiles.FirstOrDefault(profile => profile.Name == name);

    /// <summary>Null when nobody has signed in.</summary>
    public Profile? ReadCurrent()
    {
        var kept = Load();
        return kept.Profiles.FirstOrDefault(profile => profile.Name == kept.Current);
    }

    /// <summary>Keeps a sign-in in place of the one of the same name, and uses it from now on.</summary>
    public void Keep(Profile profile)
    {
        var kept = Load();
        Save(
            new(
                profile.Name,
                [
                    .. kept
                        .Profiles.Where(other => other.Name != profile.Name)
                        .Append(profile)
                        .OrderBy(other => other.Name, StringComparer.Ordinal),
                ]
            )
        );
    }

    /// <summary>Uses another one from now on; false when there is none of this name.</summary>
    public bool Use(string name)
    {
        var kept = Load();
        var exists = kept.Profiles.Any(profile => profile.Name == name);
        if (exists)
        {
            Save(kept with { Current = name });
        }

        return exists;
    }

    /// <summary>Forgets one; false when there is none of this name.</summary>
    public bool Forget(string name)
    {
        var kept = Load();
        List<Profile> left = [.. kept.Profiles.Where(profile => profile.Name != name)];
        if (left.Count == kept.Profiles.Count)
        {
            return false;
        }

        Save(
            new(
                kept.Current == name ? left.Select(profile => profile.Name).FirstOrDefault() : kept.Current,
                left
            )
        );
        return true;
    }

    private Kept Load()
    {
        try
        {
            return File.Exists(Path)
                ? JsonSerializer.Deserialize<Kept>(File.ReadAllText(Path), Json) ?? Kept.Nothing
                : Kept.Nothing;
        }
        catch (JsonException)
        {
            throw new CommandException(ExitCode.Usage, $"{Path} is damaged; remove it and sign in again.");
        }
    }

    /// <summary>Written beside it and moved, so that it is never half there and never readable for others.</summary>
    private void Save(Kept kept)
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        var draft = $"{Path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            // The settings folder belongs to the user alone there.
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(stream, kept, Json);
        }

        File.Move(draft, Path, overwrite: true);
    }

    private sealed record Kept(string? Current, IReadOnlyList<Profile> Profiles)
    {
        public static Kept Nothing { get; } = new(null, []);
    }
}
