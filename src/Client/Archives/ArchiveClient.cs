using Gateway.Client.Wire;

namespace Gateway.Client.Archives;

/// <summary>Archives: the whole history, a part of it, or an incident, as a file.</summary>
public sealed class ArchiveClient
{
    private readonly Road road;

    internal ArchiveClient(Road road) => this.road = road;

    /// <summary>Everything, of all tenants.</summary>
    /// <inheritdoc cref="Save" path="/param|/exception" />
    public Task<ArchiveSeal> SaveAll(string path, CancellationToken cancellation = default) =>
        Save(new("v1/archive"), path, cancellation);

    /// <summary>The streams, of all tenants, that have a fact behind one position and up to another.</summary>
    /// <inheritdoc cref="Save" path="/param|/exception" />
    public Task<ArchiveSeal> SavePart(
        long after,
        long upTo,
        string path,
        CancellationToken cancellation = default
    ) => Save(new Address("v1/archive").With("after", after).With("upTo", upTo), path, cancellation);

    /// <summary>What a message had to do with; everything personal is replaced.</summary>
    /// <inheritdoc cref="Save" path="/param|/exception" />
    public Task<ArchiveSeal> SaveIncident(
        Guid message,
        string path,
        CancellationToken cancellation = default
    ) => Save(new Address("v1/archive").With("around", message), path, cancellation);

    /// <param name="path">Stands there only when it is whole.</param>
    /// <exception cref="InvalidDataException">It broke off, or was damaged on the way.</exception>
    private async Task<ArchiveSeal> Save(Address address, string path, CancellationToken cancellation)
    {
        var draft = $"{path}.part";
        try
        {
            await using (var file = new FileStream(draft, OwnersOnly()))
            {
                using var request = road.Request(HttpMethod.Get, address);
                using var answer = await road.Open(request, cancellation);
                await answer.Content.CopyToAsync(file, cancellation);
            }

            var seal = await ArchiveSeal.Check(draft, cancellation);
            File.Move(draft, path, overwrite: true);
            return seal;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>It has texts and numbers of people in it.</summary>
    private static FileStreamOptions OwnersOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
