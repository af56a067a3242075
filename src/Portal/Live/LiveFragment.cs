namespace JobServer.Portal.Live;

/// <param name="Event">What the page does with it, by the name that its <c>sse-swap</c> has.</param>
/// <param name="Html">What is drawn.</param>
internal readonly record struct LiveFragment(string Event, string Html);
