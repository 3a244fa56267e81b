namespace Gateway.Application;

/// <summary>The tenant of what belongs to the installation itself, and the one a fresh install starts with.</summary>
public static class SystemTenant
{
    /// <summary>Holds nothing of customers; sessions that look across tenants are opened under it.</summary>
    public const string Name = "system";

    /// <summary>The tenant of a fresh install.</summary>
    public const string First = "default";
}
