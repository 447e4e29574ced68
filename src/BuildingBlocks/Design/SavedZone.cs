namespace ClusterNet.Design;

/// <summary>Of a request: the time zone that its reader keeps with the account; it wins over that of the device.</summary>
public sealed record SavedZone(TimeZoneInfo Zone);
