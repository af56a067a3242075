using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("JobServer.Domain.Tests")]
