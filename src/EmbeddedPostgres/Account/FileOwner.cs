namespace Gateway.EmbeddedPostgres.Account;

/// <summary>Whose file or folder it is.</summary>
/// <param name="Name">The account's name; <c>UNKNOWN</c> or the number when there is no such account here.</param>
internal sealed record FileOwner(int Id, string Name)
{
    public bool IsRoot => Id == 0;

    public static async Task<FileOwner> Of(string path, CancellationToken ct)
    {
        // The base library has no call for it, and the layout of the system's own differs by platform.
        string[] arguments = OperatingSystem.IsMacOS() ? ["-f", "%u %Su", path] : ["-c", "%u %U", path];
        var end = await PostgresProgram.Run(PostgresProgram.Describe("stat", arguments), ct);
        return end.Output.Trim().Split(' ', 2) is [var id, var name] && int.TryParse(id, out var number)
            ? new(number, name)
            : throw new EmbeddedPostgresException($"The owner of {path} cannot be read: {end.Output.Trim()}");
    }
}
