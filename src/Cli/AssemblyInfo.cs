using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("JobServer.Cli.Tests")]
