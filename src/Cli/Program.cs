using Actors.Cli;
using Actors.Cli.Terminals;

return await ActorsCommand.RunAsync(args, Streams.OfProcess());
