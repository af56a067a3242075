namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>One direction of a connection, whatever it carries.</summary>
internal interface IPipe
{
    /// <summary>Frames on the way or not read yet.</summary>
    int Waiting { get; }

    /// <summary>Called at the receiver when the connection is reset.</summary>
    Action? Reset { get; set; }

    /// <summary>A clean end behind all that was sent.</summary>
    void Close();

    /// <summary>An abrupt end: what is on the way is lost.</summary>
    void Break();

    /// <summary>The sender learns that nobody listens.</summary>
    void Refuse();

    /// <param name="until">In ticks of virtual time; the largest number means for good.</param>
    void Stall(long until);
}
