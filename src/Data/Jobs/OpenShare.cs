namespace JobServer.Data.Jobs;

/// <summary>The open requests of one person in one workspace, walked from the oldest until enough ready jobs are found.</summary>
internal sealed class OpenShare(IEnumerable<OpenRequest> requests)
{
    private readonly Queue<OpenRequest> _requests = new(requests);

    /// <summary>Ready jobs found so far.</summary>
    public int Found { get; set; }

    /// <summary>The oldest requests not walked yet that have so many pending jobs together; none when all were.</summary>
    public IEnumerable<OpenRequest> Next(int pending)
    {
        for (var sum = 0; sum < pending && _requests.TryDequeue(out var request); sum += request.Pending)
        {
            yield return request;
        }
    }
}
