namespace JobServer.Domain.Backends;

public enum BackendMode
{
    Active,

    /// <summary>Running jobs go on; none is started.</summary>
    Paused,

    /// <summary>As paused, before a planned stop of the site.</summary>
    Draining,

    /// <summary>Database jobs wait; others run.</summary>
    DatabaseMaintenance,
}
