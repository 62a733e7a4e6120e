// Each test has the machine to itself: silos are held to deadlines.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
